"""The proving ground: a console of its own, thrown away afterwards, on which `chaos` and `bench_publish` are run."""
