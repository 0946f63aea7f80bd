package io.millrace.connector.kafka.source;

import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * What one poll has of a partition. Handed over as a whole; nobody changes it.
 *
 * @param records may be empty, where the position has moved over markers of transactions
 * @param nextOffset behind the records, and behind markers that follow them
 * @param endOffset of the partition, as far as known; else that of {@code nextOffset}
 */
record FetchedPartition(
        TopicPartition partition,
        List<ConsumerRecord<byte[], byte[]>> records,
        long nextOffset,
        long endOffset) {}
