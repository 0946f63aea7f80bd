package io.millrace.benchmarks.flink;

import io.millrace.benchmarks.job.Job;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.KafkaSourceBuilder;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** From one topic to another; line for line what the other engine runs. */
final class KafkaPrograms {
    /** As long as brokers may allow it and a restart must not take. */
    private static final String TRANSACTION_TIMEOUT_MS = "600000";

    private KafkaPrograms() {}

    /**
     * Parameters: {@code brokers}, {@code from}, {@code to}, {@code partitions} of {@code from},
     * which has the job's records in equal parts, and {@code guarantee}.
     */
    static void copy(StreamExecutionEnvironment env, Job job) {
        Map<TopicPartition, Long> ends = new HashMap<>();
        long partitions = job.parameter("partitions", 1);
        for (int partition = 0; partition < partitions; partition++) {
            ends.put(
                    new TopicPartition(job.parameters().get("from"), partition),
                    job.records() / partitions);
        }
        KafkaSourceBuilder<byte[]> source =
                source(job)
                        .setTopics(job.parameters().get("from"))
                        .setBounded(OffsetsInitializer.offsets(ends));
        run(env, job, source);
    }

    /**
     * The same without an end, from all topics whose names begin with {@code from}; looks for them
     * every second.
     */
    static void discover(StreamExecutionEnvironment env, Job job) {
        run(
                env,
                job,
                source(job)
                        .setTopicPattern(Pattern.compile(job.parameters().get("from") + ".*"))
                        .setProperty("partition.discovery.interval.ms", "1000"));
    }

    private static KafkaSourceBuilder<byte[]> source(Job job) {
        return KafkaSource.<byte[]>builder()
                .setBootstrapServers(job.parameters().get("brokers"))
                .setStartingOffsets(OffsetsInitializer.earliest())
                .setDeserializer(
                        KafkaRecordDeserializationSchema.valueOnly(ByteArrayDeserializer.class));
    }

    private static void run(
            StreamExecutionEnvironment env, Job job, KafkaSourceBuilder<byte[]> source) {
        env.setRuntimeMode(RuntimeExecutionMode.STREAMING);
        KafkaSink<byte[]> sink =
                KafkaSink.<byte[]>builder()
                        .setBootstrapServers(job.parameters().get("brokers"))
                        .setDeliveryGuarantee(
                                DeliveryGuarantee.valueOf(job.parameters().get("guarantee")))
                        .setTransactionalIdPrefix("copy-" + System.nanoTime())
                        .setProperty("transaction.timeout.ms", TRANSACTION_TIMEOUT_MS)
                        .setRecordSerializer(
                                KafkaRecordSerializationSchema.<byte[]>builder()
                                        .setTopic(job.parameters().get("to"))
                                        .setValueSerializationSchema(new Bytes())
                                        .build())
                        .build();
        env.fromSource(source.build(), WatermarkStrategy.noWatermarks(), "from")
                .map(new Marking())
                .sinkTo(sink);
    }

    /** Changes the last byte. */
    private static final class Marking implements MapFunction<byte[], byte[]> {
        private static final long serialVersionUID = 1L;

        @Override
        public byte[] map(byte[] value) {
            value[value.length - 1] ^= 1;
            return value;
        }
    }

    /** Bytes as they are. */
    private static final class Bytes implements SerializationSchema<byte[]> {
        private static final long serialVersionUID = 1L;

        @Override
        public byte[] serialize(byte[] value) {
            return value;
        }
    }
}
