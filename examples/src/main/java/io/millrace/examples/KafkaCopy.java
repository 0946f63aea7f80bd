package io.millrace.examples;

import io.millrace.api.file.Path;
import io.millrace.api.function.MapFunction;
import io.millrace.api.serialization.SimpleStringEncoder;
import io.millrace.api.serialization.SimpleStringSchema;
import io.millrace.api.sink.DeliveryGuarantee;
import io.millrace.api.stream.DataStream;
import io.millrace.api.stream.RuntimeExecutionMode;
import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.connector.file.BasePathBucketAssigner;
import io.millrace.connector.file.FileSink;
import io.millrace.connector.file.OnCheckpointRollingPolicy;
import io.millrace.connector.kafka.sink.KafkaRecordSerializationSchema;
import io.millrace.connector.kafka.sink.KafkaSink;
import io.millrace.connector.kafka.source.KafkaSource;
import io.millrace.connector.kafka.source.OffsetsInitializer;
import io.millrace.examples.Sequences.Numbered;
import io.millrace.examples.Sequences.Sequence;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * Copies a topic to another one and to files, exactly once, and checks on its way that the numbers
 * of each key follow each other.
 *
 * <p>{@code --brokers HOST:PORT --from TOPIC --to TOPIC --output PATH --until OFFSET,… [--interval
 * 1000] [--transaction-timeout 900000]}. Values are {@code key,number}, both numbers, each key in
 * one partition and its numbers from 0 on in order. The copies have the same lines, and one that
 * begins with {@code GAP} where the state did not fit the record. {@code until} has an offset for
 * each partition from 0 on, where the job ends; {@code interval} is milliseconds between
 * checkpoints, {@code transaction-timeout} those after which brokers abort a transaction.
 */
public final class KafkaCopy {
    private KafkaCopy() {}

    public static void main(String[] args) throws Exception {
        Arguments arguments = Arguments.parse(args);
        String brokers = arguments.required("brokers");
        String from = arguments.required("from");

        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.setRuntimeMode(RuntimeExecutionMode.STREAMING);
        env.enableCheckpointing(Long.parseLong(arguments.or("interval", "1000")));

        KafkaSource<String> source =
                KafkaSource.<String>builder()
                        .setBootstrapServers(brokers)
                        .setTopics(from)
                        .setStartingOffsets(OffsetsInitializer.earliest())
                        .setBounded(
                                OffsetsInitializer.offsets(ends(from, arguments.required("until"))))
                        .setValueOnlyDeserializer(new SimpleStringSchema())
                        .build();
        KafkaSink<String> topic =
                KafkaSink.<String>builder()
                        .setBootstrapServers(brokers)
                        .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
                        .setTransactionalIdPrefix("kafka-copy")
                        .setProperty(
                                "transaction.timeout.ms",
                                arguments.or("transaction-timeout", "900000"))
                        .setRecordSerializer(
                                KafkaRecordSerializationSchema.<String>builder()
                                        .setTopic(arguments.required("to"))
                                        .setValueSerializationSchema(new SimpleStringSchema())
                                        .build())
                        .build();
        FileSink<String> files =
                FileSink.<String>forRowFormat(
                                new Path(arguments.required("output")), new SimpleStringEncoder<>())
                        .withBucketAssigner(new BasePathBucketAssigner<>())
                        .withRollingPolicy(OnCheckpointRollingPolicy.build())
                        .build();

        DataStream<String> checked =
                env.fromSource(source, WatermarkStrategy.noWatermarks(), "numbers")
                        .uid("numbers")
                        .map(new Parsing())
                        .uid("parsing")
                        .keyBy(number -> number.key())
                        .process(new Sequence(Long.MAX_VALUE, 0))
                        .name("sequences")
                        .uid("sequences");
        checked.sinkTo(topic).name("topic").uid("topic");
        checked.sinkTo(files).name("files").uid("files");
        env.execute("KafkaCopy");
    }

    /** From offsets of partitions 0, 1, … with commas between. */
    static Map<TopicPartition, Long> ends(String topic, String offsets) {
        Map<TopicPartition, Long> ends = new HashMap<>();
        String[] each = offsets.split(",");
        for (int partition = 0; partition < each.length; partition++) {
            ends.put(new TopicPartition(topic, partition), Long.valueOf(each[partition].trim()));
        }
        return ends;
    }

    /** Reads {@code key,number}. */
    public static final class Parsing implements MapFunction<String, Numbered> {
        private static final long serialVersionUID = 1L;

        @Override
        public Numbered map(String line) {
            int comma = line.indexOf(',');
            return new Numbered(
                    Long.parseLong(line, 0, comma, 10),
                    Long.parseLong(line, comma + 1, line.length(), 10));
        }
    }
}
