"""The network: weights, backbone, batching."""
