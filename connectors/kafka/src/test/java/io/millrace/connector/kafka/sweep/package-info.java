/**
 * The kill points of commits and what comes before them, with Kafka's transactions: real processes,
 * a broker of its own, a reader of committed records. Way in: {@link
 * io.millrace.connector.kafka.sweep.KafkaSweep}, the command of {@code docs/reliability.md}.
 */
package io.millrace.connector.kafka.sweep;
