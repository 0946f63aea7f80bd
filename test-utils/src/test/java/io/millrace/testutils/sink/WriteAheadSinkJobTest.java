package io.millrace.testutils.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.graph.StreamGraph.ExecutionMode;
import io.millrace.api.option.Configuration;
import io.millrace.api.stream.StreamExecutionEnvironment;
import io.millrace.api.type.Types;
import io.millrace.testutils.MiniClusterExtension;
import io.millrace.testutils.MiniClusterResourceConfiguration;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Jobs with a write-ahead sink that fail, and that end. */
@Timeout(60)
class WriteAheadSinkJobTest {
    @RegisterExtension
    private static final MiniClusterExtension CLUSTER =
            new MiniClusterExtension(
                    new MiniClusterResourceConfiguration.Builder()
                            .setNumberTaskManagers(2)
                            .setNumberSlotsPerTaskManager(2)
                            .build());

    @TempDir Path work;

    @BeforeEach
    void forget() {
        SentNumbers.clear();
        FailingJob.clear();
    }

    @Test
    void aJobThatFailsAgainAndAgainSendsEachRecord() throws Exception {
        SentNumbers.failNext(new IllegalStateException("the failure that the test wants"));

        long numbers = FailingJob.runThrough("send", new SentNumbers("job"), work);

        List<Long> sent = SentNumbers.sent();
        assertThat(new HashSet<>(sent))
                .isEqualTo(new HashSet<>(LongStream.range(0, numbers).boxed().toList()));
        // A task that dies between sending and its note sends again; here it dies elsewhere.
        assertThat(sent).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource(
            value = ExecutionMode.class,
            names = {"STREAMING", "BATCH"})
    void withoutCheckpointsRecordsAreSentAtTheEnd(ExecutionMode mode) throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        Configuration options = new Configuration();
        options.setString("execution.runtime-mode", mode.name());
        env.configure(options);
        env.setParallelism(2);

        env.fromSequence(0, 999).transform("send", Types.LONG, new SentNumbers("job"));
        env.execute();

        assertThat(SentNumbers.sent())
                .containsExactlyInAnyOrderElementsOf(LongStream.range(0, 1_000).boxed().toList());
    }
}
