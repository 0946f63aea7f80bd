/**
 * A real Kafka broker for tests, of this module and of others by its test-jar. Way in: {@link
 * io.millrace.connector.kafka.testing.SharedKafka} where any broker will do, {@link
 * io.millrace.connector.kafka.testing.KafkaBroker} where a test stops and starts its own.
 */
package io.millrace.connector.kafka.testing;
