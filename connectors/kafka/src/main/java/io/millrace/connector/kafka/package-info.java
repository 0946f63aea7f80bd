/**
 * What source and sink of Kafka share: settings of clients, and what their errors mean. Way in: the
 * packages {@code source} and {@code sink}. Uses the public API and Kafka's client only, as a third
 * party would. Design: {@code docs/design/connector-kafka.md}.
 */
package io.millrace.connector.kafka;
