/**
 * Aggregates between the rounds of an iteration. There are no iterations of that kind here, so
 * nothing calls these; programs use them as values and in their own loops. Confined to their users.
 */
package io.millrace.api.aggregator;
