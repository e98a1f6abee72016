"""Plan what to do about the Client Authentication EKU sunset on Cisco Expressway."""
