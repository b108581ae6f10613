"""Commands and arguments of jobs that run in chunks, on engines and in shards."""
