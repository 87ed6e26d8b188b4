"""Running Avenant on a machine: the private PostgreSQL, the processes, the first start.

Pure Python: nothing here imports Django, so that settings may call it.
"""
