"""The console's tables: the audit log and issued passwords; accounts are Django's."""
