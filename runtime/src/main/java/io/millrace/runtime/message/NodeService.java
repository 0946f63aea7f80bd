package io.millrace.runtime.message;

/**
 * The shuffle service of a node: it serves what workers of this application have written there,
 * whether they live or not. Immutable.
 *
 * @param node its name in the cluster, {@code host:port} of the NodeManager
 * @param host where the service listens
 */
public record NodeService(String node, String host, int port) {}
