package io.millrace.it;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * The example {@code KafkaCopy} on a sandbox, from one new topic to another and to files: its
 * records, its command, and its output. Immutable.
 *
 * @param directory on HDFS, of checkpoints and files
 */
record KafkaCopyJob(
        Sandbox sandbox, String directory, KafkaTopic from, KafkaTopic to, int records) {
    static final int KEYS = 1_000;
    private static final int PARTITIONS = 4;

    /** Makes the topics, whose names begin with {@code name}. */
    static KafkaCopyJob created(Sandbox sandbox, String name, int records) {
        return new KafkaCopyJob(
                sandbox,
                "/chaos/" + name,
                new KafkaTopic(sandbox.kafka(), name + "-in", PARTITIONS).created(),
                new KafkaTopic(sandbox.kafka(), name + "-out", PARTITIONS).created(),
                records);
    }

    /** Starts to write what is to be copied. */
    KafkaFill fill(int perSecond) {
        return from.fill(records, perSecond, this::record);
    }

    private ProducerRecord<String, String> record(long i) {
        int partition = (int) (i % KEYS % PARTITIONS);
        return new ProducerRecord<>(from.name(), partition, null, SequenceTally.line(i, KEYS));
    }

    SequenceTally tally() {
        return new SequenceTally(records, KEYS);
    }

    String checkpoints() {
        return directory + "/ckpt";
    }

    /** The offset of each partition at which all records have been read. */
    private String ends() {
        long[] ends = new long[PARTITIONS];
        for (int key = 0; key < KEYS; key++) {
            long ofKey = (records - key + KEYS - 1) / KEYS;
            ends[key % PARTITIONS] += Math.max(0, ofKey);
        }
        List<String> texts = new ArrayList<>();
        for (long end : ends) {
            texts.add(String.valueOf(end));
        }
        return String.join(",", texts);
    }

    /**
     * @param run options of {@code run}
     * @param options of the job, {@code key=value}
     * @param program arguments of the program beside those that every copy has
     */
    Millrace.Running start(
            int parallelism, List<String> run, List<String> options, List<String> program) {
        String root = sandbox.fileSystem() + directory;
        List<String> command =
                new ArrayList<>(List.of("run", "-t", "yarn", "-p", String.valueOf(parallelism)));
        command.addAll(run);
        command.addAll(List.of("-D", "execution.checkpointing.dir=" + root + "/ckpt"));
        for (String option : options) {
            command.addAll(List.of("-D", option));
        }
        command.addAll(
                List.of(
                        "-c",
                        "io.millrace.examples.KafkaCopy",
                        Millrace.EXAMPLES.toString(),
                        "--brokers",
                        sandbox.kafka(),
                        "--from",
                        from.name(),
                        "--to",
                        to.name(),
                        "--output",
                        root + "/out",
                        "--until",
                        ends()));
        command.addAll(program);
        return sandbox.millrace().start(command.toArray(String[]::new));
    }

    /** Reads the files that are visible. Returns what must not be there any more. */
    List<String> readFiles(SequenceTally files) {
        List<String> left = new ArrayList<>(sandbox.hdfs().listDeep(checkpoints()));
        for (String file : sandbox.hdfs().listDeep(directory + "/out")) {
            if (file.startsWith(".") || file.contains("/.")) {
                left.add(file);
            } else {
                sandbox.hdfs().read(directory + "/out/" + file).lines().forEach(files::add);
            }
        }
        return left;
    }
}
