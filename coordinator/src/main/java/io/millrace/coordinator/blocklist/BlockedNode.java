package io.millrace.coordinator.blocklist;

/**
 * A node that gets nothing new. Immutable.
 *
 * @param node its host's name, as its workers tell it
 * @param untilMs when that ends, on the coordinator's clock
 * @param reason in words
 */
public record BlockedNode(String node, long untilMs, String reason) {}
