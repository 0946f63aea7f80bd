package io.millrace.testutils;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.api.stream.StreamExecutionEnvironment;
import java.util.List;
import org.junit.Test;

/** Written for JUnit 4, as many programs' tests are. */
public class JUnit4RuleTest extends AbstractTestBaseJUnit4 {
    @Test
    @SuppressWarnings("deprecation") // programs under test use sink functions
    public void programsRunOnTheClusterOfTheRule() throws Exception {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        assertThat(env.getParallelism()).isEqualTo(DEFAULT_PARALLELISM);
        TestListResultSink<Integer> sink = new TestListResultSink<>();

        env.fromData(3, 1, 2).addSink(sink);
        env.execute();

        assertThat(sink.getResult()).containsExactlyInAnyOrder(1, 2, 3);
        assertThat(sink.getSortedResult()).isEqualTo(List.of(1, 2, 3));
    }
}
