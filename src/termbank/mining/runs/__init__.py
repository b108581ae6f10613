"""A collection mined in chunks, on any engine: checkpoints, shards, bounded memory.

``kernels`` holds what is run in a worker, ``checkpoint`` what is kept of it on disk,
``collection_run`` the order of the steps, ``names_by_key`` the agreement on names over
all chunks, ``ordered_output`` the writing of the answer, ``shard`` the parts of a job
that several machines do.
"""
