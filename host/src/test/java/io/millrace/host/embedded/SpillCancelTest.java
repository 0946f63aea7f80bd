package io.millrace.host.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.bounded.Bounded;
import io.millrace.api.option.Configuration;
import io.millrace.api.sink.DiscardingSink;
import io.millrace.api.stream.DataStream;
import io.millrace.api.stream.JobClient;
import io.millrace.api.stream.JobStatus;
import io.millrace.api.stream.RuntimeExecutionMode;
import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.api.testing.Await;
import io.millrace.api.tuple.Tuple2;
import io.millrace.api.type.Types;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Jobs that are cancelled while they have records on disk. */
@Timeout(60)
class SpillCancelTest {
    private static final long MANY = 1L << 40;

    @TempDir Path directory;

    /** What puts records on disk. Its input would last for days. */
    private enum Spilling {
        SORT {
            @Override
            DataStream<?> of(DataStream<Long> numbers) {
                return Bounded.of(numbers).sort(number -> -number);
            }
        },
        JOIN {
            @Override
            DataStream<?> of(DataStream<Long> numbers) {
                return Bounded.of(numbers)
                        .join(numbers)
                        .where(number -> number)
                        .equalTo(number -> number)
                        .with((a, b) -> a, Types.LONG);
            }
        },
        FOLD {
            @Override
            DataStream<?> of(DataStream<Long> numbers) {
                return numbers.map(
                                number -> Tuple2.of(number, 1L),
                                Types.<Tuple2<Long, Long>>TUPLE(Types.LONG, Types.LONG))
                        .keyBy(pair -> pair.f0)
                        .fullWindowPartition()
                        .reduce((a, b) -> a);
            }
        };

        abstract DataStream<?> of(DataStream<Long> numbers);
    }

    private List<Path> files() {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).toList();
        } catch (UncheckedIOException e) {
            return List.of(); // one has gone meanwhile
        } catch (IOException e) {
            if (e instanceof NoSuchFileException) {
                return List.of();
            }
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsLeftOnDisk(Spilling spilling) throws Exception {
        StreamExecutionEnvironment env =
                StreamExecutionEnvironment.getExecutionEnvironment(
                        Configuration.fromMap(
                                Map.of(
                                        "embedded.workers",
                                        "2",
                                        "batch.reduce-memory",
                                        "64KB",
                                        // Else the first stage would last for days.
                                        "execution.batch-shuffle-mode",
                                        "ALL_EXCHANGES_PIPELINED",
                                        "task.spill-directory",
                                        directory.toString())));
        env.setRuntimeMode(RuntimeExecutionMode.BATCH);
        env.setParallelism(2);
        spilling.of(env.fromSequence(0, MANY)).addSink(new DiscardingSink<>());
        JobClient job = env.executeAsync("cancelled");
        Await.until(
                "there are two files for each subtask",
                () -> {
                    assertThat(job.getJobStatus().get().isTerminalState()).isFalse();
                    return files();
                },
                files -> files.size() >= 4);

        job.cancel().get(30, TimeUnit.SECONDS);

        assertThatThrownBy(() -> job.getJobExecutionResult().get(30, TimeUnit.SECONDS));
        assertThat(job.getJobStatus().get()).isEqualTo(JobStatus.CANCELED);
        assertThat(files()).isEmpty();
    }
}
