package io.millrace.host.sweep;

import io.millrace.api.serialization.SimpleStringEncoder;
import io.millrace.api.stream.DataStream;
import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.connector.file.BasePathBucketAssigner;
import io.millrace.connector.file.FileSink;
import io.millrace.connector.file.OnCheckpointRollingPolicy;
import io.millrace.connector.file.compactor.ConcatFileCompactor;
import io.millrace.connector.file.compactor.FileCompactStrategy;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@link SequencesProgram} into two file sinks, one of them behind an exchange of its own. */
final class FileSequences implements SweepSubject {
    private static final String CHAINED = "chained";
    private static final String DEALT_OUT = "dealt-out";

    /** The job. */
    static final class Program implements SweepProgram {
        @Override
        public void run(String output, Path directory) throws Exception {
            boolean topologies = Files.exists(directory.resolve(SequencesProgram.TOPOLOGIES));
            StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
            DataStream<String> counted = SequencesProgram.counted(env, directory);
            var chained = sink(output + "/" + CHAINED);
            FileSink<String> dealtOut = sink(output + "/" + DEALT_OUT).build();
            if (topologies) {
                chained.enableCompact(
                        FileCompactStrategy.Builder.newBuilder()
                                .enableCompactionOnCheckpoint(2)
                                .build(),
                        new ConcatFileCompactor());
            }
            counted.sinkTo(chained.build()).uid(CHAINED);
            counted.rebalance()
                    .sinkTo(topologies ? AnnouncingSink.over(dealtOut) : dealtOut)
                    .uid(DEALT_OUT);
            env.execute("Sequences");
        }

        private static FileSink.DefaultRowFormatBuilder<String> sink(String path) {
            return FileSink.<String>forRowFormat(
                            new io.millrace.api.file.Path(path), new SimpleStringEncoder<>())
                    .withBucketAssigner(new BasePathBucketAssigner<>())
                    .withRollingPolicy(OnCheckpointRollingPolicy.build());
        }
    }

    @Override
    public List<SweepCase> cases() {
        return SweepCase.all();
    }

    @Override
    public SweepJob job(Path directory) {
        return new SweepJob(
                Program.class, directory.resolve(SequencesProgram.OUTPUT).toUri().toString());
    }

    @Override
    public List<String> faultsIn(SweepJob job, SweepCase what, List<String> dead, boolean merged)
            throws IOException {
        List<String> unordered = new ArrayList<>();
        if (merged) {
            unordered.add(DEALT_OUT);
        }
        if (what.topologies()) {
            unordered.add(CHAINED); // files are put together in any order
        }
        SequencesJudge judge = new SequencesJudge(unordered);
        Path output = Path.of(URI.create(job.output()));
        for (String name : List.of(CHAINED, DEALT_OUT)) {
            Path sink = output.resolve(name);
            List<List<String>> files = new ArrayList<>();
            for (Path file : SequencesJudge.filesIn(sink)) {
                String relative = sink.relativize(file).toString();
                if (!relative.startsWith(".") && !relative.contains("/.")) {
                    files.add(Files.readAllLines(file));
                } else if (dead.stream().noneMatch(relative::contains)) {
                    judge.fault("left behind: " + file);
                }
            }
            judge.judge(name, files);
        }
        return judge.faults();
    }
}
