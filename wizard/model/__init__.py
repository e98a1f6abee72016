"""The types that flow between the rooms: frozen values that import nothing of ours.

`Deployment` is what is known of the customer's Expressways, `Knowledge` what is known of the subject,
`Assessment`, `Plan` and `Diagnosis` what follows from both. Import from the submodules.
"""
