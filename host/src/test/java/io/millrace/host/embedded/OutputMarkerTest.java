package io.millrace.host.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.file.Path;
import io.millrace.api.serialization.SimpleStringEncoder;
import io.millrace.api.source.NumberSequenceSource;
import io.millrace.api.source.SourceReader;
import io.millrace.api.source.SourceReaderContext;
import io.millrace.api.stream.RuntimeExecutionMode;
import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.api.time.WatermarkStrategy;
import io.millrace.connector.file.BasePathBucketAssigner;
import io.millrace.connector.file.FileSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A job in STREAMING mode whose subtasks end at different checkpoints. */
@Timeout(60)
class OutputMarkerTest {
    private static final String MARKER = "_SUCCESS";

    /** Whether the marker was there at each checkpoint that the second subtask waited for. */
    private static final ConcurrentLinkedQueue<Boolean> SEEN = new ConcurrentLinkedQueue<>();

    /** The second subtask has its number. */
    private static final CompletableFuture<Void> GIVEN = new CompletableFuture<>();

    @TempDir private java.nio.file.Path work;

    /** Two numbers, of which one subtask reads the second when the other has long ended. */
    private static final class UnevenSource extends NumberSequenceSource {
        private static final long serialVersionUID = 1L;

        private final String output;

        UnevenSource(String output) {
            super(0, 1);
            this.output = output;
        }

        @Override
        public SourceReader<Long, NumberSequenceSplit> createReader(SourceReaderContext context) {
            return context.getIndexOfSubtask() == 0
                    // The other one has its number then, which this one would else take, too.
                    ? new HeldReader(context, GIVEN)
                    : new LateReader(context, java.nio.file.Path.of(output), GIVEN);
        }
    }

    private static final class LateReader extends HeldReader {
        private static final int CHECKPOINTS = 3;

        private final java.nio.file.Path output;
        private final CompletableFuture<Void> given;
        private int waited;

        LateReader(
                SourceReaderContext context,
                java.nio.file.Path output,
                CompletableFuture<Void> given) {
            super(context, new CompletableFuture<>());
            this.output = output;
            this.given = given;
        }

        @Override
        public void addSplits(List<NumberSequenceSource.NumberSequenceSplit> splits) {
            super.addSplits(splits);
            given.complete(null);
        }

        @Override
        public void notifyCheckpointComplete(long checkpointId) {
            if (released().isDone() || parts(output) == 0) {
                return; // over, or the first subtask's output is not committed yet
            }
            SEEN.add(Files.exists(output.resolve(MARKER)));
            if (++waited == CHECKPOINTS) {
                released().complete(null);
            }
        }
    }

    private static long parts(java.nio.file.Path output) {
        if (!Files.exists(output)) {
            return 0;
        }
        try (Stream<java.nio.file.Path> files = Files.list(output)) {
            return files.filter(file -> file.getFileName().toString().startsWith("part-")).count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void theMarkerComesOnceWhenAllSubtasksHaveEnded() throws Exception {
        SEEN.clear();
        java.nio.file.Path output = work.resolve("out");
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        env.setRuntimeMode(RuntimeExecutionMode.STREAMING);
        env.setParallelism(2);
        env.enableCheckpointing(20);
        env.fromSource(
                        new UnevenSource(output.toString()),
                        WatermarkStrategy.noWatermarks(),
                        "uneven")
                .map(String::valueOf)
                .sinkTo(
                        FileSink.<String>forRowFormat(
                                        new Path(output.toUri()), new SimpleStringEncoder<>())
                                .withBucketAssigner(new BasePathBucketAssigner<>())
                                .withSuccessMarker()
                                .build());

        env.execute();

        assertThat(SEEN).hasSize(3).containsOnly(false);
        assertThat(output.resolve(MARKER)).isEmptyFile();
        assertThat(parts(output)).isEqualTo(2);
    }
}
