package io.millrace.benchmarks;

import io.millrace.benchmarks.Contestant.Engine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The command {@code bin/benchmarks kafka}: from topic to topic on Millrace and on Flink, in turn,
 * on one broker in a process of its own, whose CPU time does not count.
 */
final class KafkaMeasures {
    private static final int PARTITIONS = 4;
    private static final int PARALLELISM = 2;
    private static final double TARGET = 1.5;
    private static final String FROM = "from";

    private final Setup setup;
    private final KafkaProcess broker;
    private final KafkaTopics topics;
    private final long records;
    private final int rounds;

    private KafkaMeasures(
            Setup setup, KafkaProcess broker, KafkaTopics topics, long records, int rounds) {
        this.setup = setup;
        this.broker = broker;
        this.topics = topics;
        this.records = records;
        this.rounds = rounds;
    }

    /**
     * @param arguments names of measures, all without them; {@code records=}, {@code rounds=},
     *     {@code broker=} a directory with the jars of another broker than the sandbox's
     */
    static void run(Setup setup, List<String> arguments) throws Exception {
        List<String> names = new ArrayList<>();
        long records = 3_000_000;
        int rounds = 3;
        Path brokerLib = setup.kafkaBrokerLib();
        for (String argument : arguments) {
            if (argument.startsWith("records=")) {
                records = Long.parseLong(argument.substring("records=".length()));
            } else if (argument.startsWith("rounds=")) {
                rounds = Integer.parseInt(argument.substring("rounds=".length()));
            } else if (argument.startsWith("broker=")) {
                brokerLib = Path.of(argument.substring("broker=".length()));
            } else {
                names.add(argument);
            }
        }
        records -= records % PARTITIONS;
        try (KafkaProcess broker = KafkaProcess.start(setup, brokerLib);
                KafkaTopics topics = new KafkaTopics(broker.address())) {
            KafkaMeasures measures = new KafkaMeasures(setup, broker, topics, records, rounds);
            measures.run(names.isEmpty() ? List.of("copy", "latency", "discovery") : names);
        }
    }

    private void run(List<String> names) throws Exception {
        for (String name : names) {
            switch (name) {
                case "copy" -> copy();
                case "latency" -> new KafkaLatency(setup, topics, engines("EXACTLY_ONCE")).run();
                case "discovery" -> new KafkaDiscovery(setup, topics, engines("NONE")).run();
                default ->
                        throw new IllegalArgumentException(
                                "no measure '" + name + "': copy, latency, discovery");
            }
        }
    }

    private void copy() throws IOException {
        topics.make(FROM, PARTITIONS);
        topics.fill(FROM, PARTITIONS, records);
        Table table = new Table(System.out);
        table.head();
        table.rows(contest("kafka-at-least-once", engines("AT_LEAST_ONCE")));
        table.rows(contest("kafka-exactly-once", engines("EXACTLY_ONCE")));
    }

    private List<Contestant> engines(String guarantee) {
        return List.of(
                engine("Millrace", Engine.MILLRACE, guarantee),
                engine("Flink", Engine.FLINK, guarantee));
    }

    private Contestant engine(String label, Engine engine, String guarantee) {
        Map<String, String> options = new LinkedHashMap<>();
        options.put("execution.checkpointing.interval", "1 s");
        options.put(
                "execution.checkpointing.dir",
                setup.work().resolve("kafka-checkpoints-" + label).toUri().toString());
        options.put(Contestant.BROKERS, broker.address());
        options.put("benchmark.from", FROM);
        options.put("benchmark.to", to(label));
        options.put("benchmark.partitions", String.valueOf(PARTITIONS));
        options.put("benchmark.guarantee", guarantee);
        return new Contestant(label, engine, options);
    }

    private static String to(String label) {
        return "to-" + label;
    }

    /** In turn, as every contest, with a new topic for each round and a look at it afterwards. */
    private Outcome contest(String name, List<Contestant> contestants) throws IOException {
        Workload workload =
                new Workload(
                        name,
                        "kafka-copy",
                        "",
                        records,
                        List.of(PARALLELISM),
                        contestants,
                        false,
                        TARGET);
        Map<Contestant, Session> sessions = new LinkedHashMap<>();
        Map<String, List<Round>> found = new LinkedHashMap<>();
        try {
            for (Contestant each : contestants) {
                sessions.put(each, Session.start(setup, workload, PARALLELISM, each));
                found.put(each.label(), new ArrayList<>());
            }
            for (int round = 0; round <= rounds; round++) {
                for (Contestant each : contestants) {
                    topics.make(to(each.label()), PARTITIONS);
                    Round measured = sessions.get(each).run();
                    found.get(each.label()).add(measured);
                    System.err.printf(
                            "%s, round %d, %s: %d ms, %d ms of CPU%n",
                            name, round, each.label(), measured.wallMs(), measured.cpuMs());
                    topics.check(to(each.label()), PARTITIONS, records, each.label());
                }
            }
        } finally {
            sessions.values().forEach(Session::close);
        }
        return new Outcome(name, PARALLELISM, records, TARGET, found);
    }
}
