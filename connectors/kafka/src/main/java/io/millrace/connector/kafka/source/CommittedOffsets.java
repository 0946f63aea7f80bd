package io.millrace.connector.kafka.source;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;

/**
 * What the group has committed. Immutable.
 *
 * @param otherwise for partitions where it has not
 */
record CommittedOffsets(OffsetResetStrategy otherwise)
        implements OffsetsInitializer, OffsetsInitializerValidator {
    @Override
    public Map<TopicPartition, Long> getPartitionOffsets(
            Collection<TopicPartition> partitions, PartitionOffsetsRetriever retriever) {
        return committedOr(otherwise, partitions, retriever);
    }

    /** Also for others that fall back to it. */
    static Map<TopicPartition, Long> committedOr(
            OffsetResetStrategy otherwise,
            Collection<TopicPartition> partitions,
            PartitionOffsetsRetriever retriever) {
        Map<TopicPartition, Long> offsets = new HashMap<>(retriever.committedOffsets(partitions));
        Set<TopicPartition> without =
                partitions.stream()
                        .filter(partition -> !offsets.containsKey(partition))
                        .collect(Collectors.toSet());
        if (!without.isEmpty()) {
            offsets.putAll(
                    switch (otherwise) {
                        case EARLIEST -> retriever.beginningOffsets(without);
                        case LATEST -> retriever.endOffsets(without);
                        case NONE -> throw none(without);
                    });
        }
        return offsets;
    }

    private static MillraceException none(Set<TopicPartition> without) {
        return new MillraceException(
                ErrorCode.OFFSET_OUT_OF_RANGE,
                "the group of this source has committed no offset of "
                        + new TreeSet<>(without.stream().map(TopicPartition::toString).toList())
                        + ". Check group.id, or say where to begin there:"
                        + " OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST).");
    }

    @Override
    public OffsetResetStrategy getAutoOffsetResetStrategy() {
        return otherwise;
    }

    @Override
    public void validate(Properties properties) {
        if (properties.getProperty(ConsumerConfig.GROUP_ID_CONFIG) == null) {
            throw new IllegalStateException(
                    "Committed offsets are those of a group. Name it: setGroupId(…).");
        }
    }
}
