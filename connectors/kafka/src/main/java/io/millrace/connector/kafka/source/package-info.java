/**
 * Records of Kafka. Way in: {@link io.millrace.connector.kafka.source.KafkaSource}, and for
 * programs of the older shape {@link io.millrace.connector.kafka.source.FlinkKafkaConsumer}. An
 * enumerator finds partitions and says where reading begins, a reader emits what a thread of its
 * own fetches.
 *
 * <p>Threads: enumerators and readers are confined to theirs; only {@code FetchQueue} is touched by
 * a task and a fetching thread. Design: {@code docs/design/connector-kafka.md}.
 */
package io.millrace.connector.kafka.source;
