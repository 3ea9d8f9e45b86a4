"""What happens in a trial: every act goes through the desk, which decides purely and appends to the ledger.

Knows the protocol and the ledger; refuses to know cuts, analyses, reports and compiled code. Import from the modules:
`study`, `desk`, `acts`, `state`, `status`, `verification`, `importing`.
"""
