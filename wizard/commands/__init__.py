"""One module for each verb of the command line: puts evidence, store, domain and a face together."""
