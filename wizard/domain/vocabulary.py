"""The signals that conditions in `content/` may name, with the values each can take.

A signal is a small, finite statement about a deployment, computed in this room and read by rules in
`content/`. The proof of the content enumerates these values: a rule that names another signal or value is
a problem, and so is a state without a rule.
"""

from collections.abc import Mapping

Vocabulary = Mapping[str, tuple[str, ...]]

YES_NO = ("yes", "no")
YES_NO_UNKNOWN = ("yes", "no", "unknown")
BANDS = ("before-x15.4", "x15.4", "x15.5")
"""Releases as the demands of a connection change with them."""
BANDS_UNKNOWN = (*BANDS, "unknown")

CONNECTION: Vocabulary = {
    # The certificate that is checked, as its presenter shows it.
    "client_auth": YES_NO,
    "server_auth": YES_NO,
    # It is known to list EKUs without serverAuth; one that is not known counts as having it.
    "lacks_server_auth": YES_NO,
    "validity": ("valid", "expired", "not-yet"),
    # The accepting side's server certificate, which the opener verifies.
    "acceptor_server_auth": YES_NO,
    "acceptor_validity": ("valid", "expired", "not-yet"),
    "checker_release": BANDS,
    "eku_checking": ("on", "off"),
    "cluster_tls_verify": ("enforce", "permissive"),
    "neighbor_tls_verify": ("on", "off"),
    "peers_ignore_eku": YES_NO,
    # Whether the far end would accept the client certificate that the plan obtains for an edge (option D).
    "peer_accepts": ("yes", "no", "not-known"),
    "cucm_eku_validation": ("on", "off"),
}
"""Signals of a connection rule. Those not known are tried with every value: if all agree the rules decide,
else the state is depends (a setting or a peer's fact) or unknown (a release or a certificate)."""

TREE: Vocabulary = {
    "public_ca": YES_NO_UNKNOWN,
    # Whether the certificates alone tell if a public CA is in use, so that nobody need be asked.
    "certificates_tell": YES_NO,
    "mtls": ("some", "none", "unknown"),
    "b2b_sip": YES_NO_UNKNOWN,
    "imp_federation": YES_NO_UNKNOWN,
    "uc_traversal": YES_NO_UNKNOWN,
    "traversal_mtls": YES_NO_UNKNOWN,
    "neighbor_mtls": YES_NO_UNKNOWN,
    "mra_onboarding": YES_NO_UNKNOWN,
    "nodes": ("none", "single", "cluster"),
    "oldest": BANDS_UNKNOWN,
    "newest": BANDS_UNKNOWN,
    "edge_on_x154": YES_NO,
    # Questions about a node: what is known of it so far.
    "node_role": ("core", "edge", "unknown"),
    "node_release": BANDS_UNKNOWN,
    "node_ca": ("public", "public-alternative", "private", "self-signed", "unknown"),
    "node_issuer_acme": YES_NO_UNKNOWN,
    "node_certificate_read": YES_NO,
}
"""Signals of the questions' `asked_when` and routes. "unknown" covers both not yet and could not say."""

OPTION: Vocabulary = {
    "role": ("core", "edge"),
    "outcome": ("open", "not-affected", "monitor", "act"),
    "holds_public": YES_NO_UNKNOWN,
    "alternative_root": ("open", "closed"),
    "issuer": ("open", "closed"),
    "upgrade": ("possible", "never"),
    "below_fixed": YES_NO_UNKNOWN,
    # Over the whole deployment: does a connection fail after the next renewal, or only depend?
    "after_renewal": ("fails", "depends", "works"),
    # It must show clientAuth even on the fixed release, and has no certificate for it that lasts.
    "needs_client_auth": YES_NO,
    # The certificate expires, or its CA closes, before the upgrade can be finished.
    "gap_before_upgrade": YES_NO,
}
"""Signals of an option's verdict, for one role."""

STEP: Vocabulary = {
    "outcome": ("open", "not-affected", "monitor", "act"),
    # Options chosen for the subject's role (for "once": for any role).
    "option_a": YES_NO,
    "option_b": YES_NO,
    "option_c": YES_NO,
    "option_d": YES_NO,
    "role": ("core", "edge", "unknown", "none"),
    # Release today: of the node, or the oldest of the subject. x15.5 is below the fixed release.
    "release": (*BANDS, "fixed", "unknown"),
    # Whether any node of the deployment runs a release below the fixed one.
    "any_below_fixed": YES_NO_UNKNOWN,
    "two_stage_upgrade": YES_NO,
    "same_release": YES_NO,
    "in_cluster": YES_NO,
    "primary": YES_NO_UNKNOWN,
    "cluster_tls_verify": ("enforce", "permissive", "unknown"),
    "holds_public": YES_NO_UNKNOWN,
    "issuer_is_lets_encrypt": YES_NO,
    "acme": YES_NO_UNKNOWN,
    "acme_copies_to_client": YES_NO_UNKNOWN,
    "certificate_known": YES_NO,
    # What serves as client certificate when the plan is done, and where it comes from. For more than one
    # node, the first of undecided, private, public-client, copy, combined, kept, none that a node has.
    "client_source": ("kept", "private", "public-client", "copy", "undecided", "combined", "none"),
    "must_show_client_auth": YES_NO,
    "expired": YES_NO,
    # A combined certificate of a public CA ends before the upgrade chosen can be finished, and no option
    # chosen for its role (A or B) replaces it before.
    "ends_before_upgrade": YES_NO,
    "server_only": YES_NO_UNKNOWN,
    "eku_checking": ("on", "off", "unknown"),
    "server_eku_upload": ("on", "off", "unknown"),
    "peers_ignore_eku": YES_NO_UNKNOWN,
    "peers_trust_private_ca": YES_NO_UNKNOWN,
    "cucm_eku_validation": ("on", "off", "unknown"),
    "neighbor_tls_verify": ("on", "off", "unknown"),
    "b2b_sip": YES_NO_UNKNOWN,
    "imp_federation": YES_NO_UNKNOWN,
    "uc_traversal": YES_NO_UNKNOWN,
    "traversal_mtls": YES_NO_UNKNOWN,
    "neighbor_mtls": YES_NO_UNKNOWN,
    "mra_onboarding": YES_NO_UNKNOWN,
    "outbound_to_peers": YES_NO_UNKNOWN,
    "any_cluster": YES_NO,
    "has_unknowns": YES_NO,
    "past_review": YES_NO,
    "le_scheduler_advice": ("current", "run-out"),
    # Each certificate of the subject was read from a file; no node, or one without a file: no.
    "certificate_read": YES_NO,
    # Option C is chosen for a role, or a node's client certificate will come from a private CA.
    "private_ca_needed": YES_NO,
    # What the client store holds today: none below X15.5 or when it is not valid; combined, private and
    # public-client allow clientAuth (private wins over combined). A copy not stated counts by what it copies.
    # For more than one node, the first of server-only, unknown, none, combined, public-client, private found.
    "client_store": ("none", "combined", "private", "public-client", "server-only", "unknown"),
    # In a cluster one node's certificate or release is worse than its peers' and decides for all of it.
    # The notice's {node} names it (several joined by ", ").
    "weakest_node": YES_NO,
    # "None of the uses" was answered, and the evidence says otherwise.
    "no_mtls_contradicted": YES_NO,
}
"""Signals of steps and notices, for a subject: the whole deployment, a role, a cluster or a node."""
