/**
 * Records to Kafka. {@link io.millrace.connector.kafka.sink.KafkaSink} is the way in; a writer for
 * each subtask sends, and with exactly-once leaves a transaction for each checkpoint, which {@code
 * KafkaCommitter} ends beside the coordinator.
 *
 * <p>Threads: a writer is confined to its task, except what the client's thread tells of
 * acknowledgements, see {@code Acknowledgements}; a committer to the thread that commits. Design:
 * {@code docs/design/connector-kafka.md}.
 */
package io.millrace.connector.kafka.sink;
