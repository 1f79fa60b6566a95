"""The oversight report: named figures, each made by one function that its reader can look up."""
