"""The life of a channel: asked for, made ready gate by gate, live, silent, handed over, stopped, closed."""
