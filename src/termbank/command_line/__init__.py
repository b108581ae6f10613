"""How command lines are read: quickly where they are plain, by argparse else."""
