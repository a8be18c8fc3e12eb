"""Suppliers of results: systems where pupils sit assessments, and that deliver the results to ESIS.

A supplier is configured by a `Supplier` (`supplier.py`): its tables, its words and, if any, its norms, its merging and
which results ESIS may have. Shared by all: the test message (`connecting.py`), applying groups and pupils
(`apply_delivery.py`), sitting (`sitting.py`, `outcomes.py`), the nightly delivery and resending (`delivering.py`,
`delivery_status.py`), merging accounts (`merging.py`), lists (`overview.py`) and explanations (`explaining.py`). The pages are in
`screens/partners/results_supplier`, the commands in `app/commands/results_supplier.py`.
"""
