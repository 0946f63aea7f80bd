package io.millrace.connector.kafka.sink;

import io.millrace.api.option.Config;
import io.millrace.api.sink.DeliveryGuarantee;
import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.host.embedded.EmbeddedJobExecutor;
import java.util.HashMap;
import java.util.Map;

/**
 * A job of numbers in a process that may be killed: servers, topic, records, checkpoints, start.
 */
final class KilledJob {
    private KilledJob() {}

    /**
     * @param args the last one is the directory of the job before, or empty
     */
    public static void main(String[] args) throws Exception {
        Map<String, String> options = new HashMap<>();
        options.put("embedded.workers", "2");
        options.put("execution.checkpointing.dir", args[3]);
        options.put("execution.checkpointing.interval", "100 ms");
        if (!args[4].isEmpty()) {
            options.put("execution.state-recovery.path", args[4]);
            options.put("execution.state-recovery.claim-mode", "CLAIM");
        }
        try (EmbeddedJobExecutor executor =
                new EmbeddedJobExecutor(Config.of(options), KilledJob.class.getClassLoader())) {
            StreamExecutionEnvironment.runWith(executor);
            StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
            env.setParallelism(2);
            env.fromSequence(0, Long.parseLong(args[2]) - 1)
                    .uid("numbers")
                    .map(String::valueOf)
                    .uid("text")
                    .sinkTo(
                            KafkaSink.<String>builder()
                                    .setBootstrapServers(args[0])
                                    .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
                                    .setTransactionalIdPrefix("killed")
                                    .setRecordSerializer(
                                            KafkaRecordSerializationSchema.<String>builder()
                                                    .setTopic(args[1])
                                                    .setValueSerializationSchema(Sinks.text())
                                                    .build())
                                    .build())
                    .uid("out");
            env.execute("killed");
        }
    }
}
