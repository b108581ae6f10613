"""What keeps a run apart: its children, git, threads, and links out of a repository.

Enter ``child_processes`` to start a process, ``git_commands`` to ask git,
``thread_guard`` for what one thread may use at a time, ``project_root`` before a file is
opened because a repository names it.
"""
