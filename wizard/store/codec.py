"""The codec of a deployment: TOML by hand, JSON when saved, the block in a plan. Pure."""

from wizard.store.block import from_block, to_block
from wizard.store.decode import decode
from wizard.store.encode import encode_json, encode_toml
from wizard.store.errors import DeploymentError, EditedBlockError, NewerFormatError
from wizard.store.migrations import FORMAT

__all__ = [
    "FORMAT",
    "DeploymentError",
    "EditedBlockError",
    "NewerFormatError",
    "decode",
    "encode_json",
    "encode_toml",
    "from_block",
    "to_block",
]
