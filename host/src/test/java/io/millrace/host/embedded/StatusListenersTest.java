package io.millrace.host.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.error.ExceptionUtils;
import io.millrace.api.function.MapFunction;
import io.millrace.api.option.Configuration;
import io.millrace.api.sink.DiscardingSink;
import io.millrace.api.stream.JobCancellationException;
import io.millrace.api.stream.JobClient;
import io.millrace.api.stream.JobExecutionException;
import io.millrace.api.stream.JobExecutionStatusEvent;
import io.millrace.api.stream.JobStatus;
import io.millrace.api.stream.JobStatusChangedListener;
import io.millrace.api.stream.JobStatusChangedListenerFactory;
import io.millrace.api.stream.StreamExecutionEnvironment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What listeners to the status of jobs hear. */
@Timeout(60)
class StatusListenersTest {
    private static final List<JobExecutionStatusEvent> HEARD =
            Collections.synchronizedList(new ArrayList<>());
    private static final AtomicBoolean FAILED_ONCE = new AtomicBoolean();

    /** Keeps the events of jobs that have this option. */
    public static final class Keeping implements JobStatusChangedListenerFactory {
        @Override
        public JobStatusChangedListener createListener(Context context) {
            assertThat(context.getUserClassLoader()).isNotNull();
            assertThat(context.getIOExecutor()).isNotNull();
            assertThat(context.getConfiguration().toMap())
                    .containsKey("execution.job-status-changed-listeners");
            return event -> HEARD.add((JobExecutionStatusEvent) event);
        }
    }

    /** Throws whatever it is told. */
    public static final class Throwing implements JobStatusChangedListenerFactory {
        @Override
        public JobStatusChangedListener createListener(Context context) {
            return event -> {
                throw new IllegalStateException("on purpose");
            };
        }
    }

    @BeforeEach
    void forget() {
        HEARD.clear();
        FAILED_ONCE.set(false);
    }

    private static StreamExecutionEnvironment environment(String restarts, Class<?>... factories) {
        StringBuilder names = new StringBuilder();
        for (Class<?> factory : factories) {
            names.append(names.isEmpty() ? "" : ";").append(factory.getName());
        }
        return StreamExecutionEnvironment.getExecutionEnvironment(
                Configuration.fromMap(
                        Map.of(
                                "execution.job-status-changed-listeners",
                                names.toString(),
                                "restart.strategy",
                                restarts,
                                "restart.delay",
                                "1 ms")));
    }

    private static void program(StreamExecutionEnvironment env, MapFunction<Long, Long> function) {
        env.fromSequence(1, 10).map(function).sinkTo(new DiscardingSink<>());
    }

    private static List<String> changes() {
        return HEARD.stream().map(event -> event.oldStatus() + "-" + event.newStatus()).toList();
    }

    @Test
    void theyHearOfAJobFromItsBeginningToItsEndBeforeTheProgramDoes() throws Exception {
        StreamExecutionEnvironment env = environment("none", Throwing.class, Keeping.class);
        program(env, number -> number);

        var result = env.execute("listened to");

        assertThat(changes()).containsExactly("CREATED-RUNNING", "RUNNING-FINISHED");
        assertThat(HEARD)
                .allMatch(event -> event.jobName().equals("listened to"))
                .allMatch(event -> event.jobId().equals(result.getJobID()))
                .allMatch(event -> event.exception() == null);
    }

    @Test
    void theyHearWhatAJobFailedWith() {
        StreamExecutionEnvironment env = environment("none", Keeping.class);
        program(
                env,
                number -> {
                    throw new ArithmeticException("no price");
                });

        assertThatThrownBy(() -> env.execute()).isInstanceOf(JobExecutionException.class);

        assertThat(changes()).last().asString().endsWith("-FAILED");
        assertThat(
                        ExceptionUtils.findThrowable(
                                HEARD.get(HEARD.size() - 1).exception(), ArithmeticException.class))
                .isPresent();
    }

    @Test
    void theyHearOfRestarts() throws Exception {
        StreamExecutionEnvironment env = environment("fixed-delay", Keeping.class);
        program(
                env,
                number -> {
                    if (FAILED_ONCE.compareAndSet(false, true)) {
                        throw new ArithmeticException("once");
                    }
                    return number;
                });

        env.execute();

        assertThat(HEARD)
                .extracting(JobExecutionStatusEvent::newStatus)
                .contains(JobStatus.RESTARTING)
                .endsWith(JobStatus.RUNNING, JobStatus.FINISHED);
    }

    @Test
    void theyHearOfCancellation() throws Exception {
        StreamExecutionEnvironment env = environment("none", Keeping.class);
        env.fromSequence(1, Long.MAX_VALUE).sinkTo(new DiscardingSink<>());
        JobClient client = env.executeAsync();
        client.cancel().get();
        assertThatThrownBy(() -> client.getJobExecutionResult().get())
                .hasCauseInstanceOf(JobCancellationException.class);

        assertThat(HEARD)
                .extracting(JobExecutionStatusEvent::newStatus)
                .endsWith(JobStatus.CANCELED);
    }

    @Test
    void aFactoryThatIsNoneIsRefusedBeforeTheJobRuns() {
        StreamExecutionEnvironment env = environment("none", String.class);
        program(env, number -> number);

        assertThatThrownBy(() -> env.execute())
                .hasMessageContaining("PROGRAM_INVALID")
                .hasMessageContaining("java.lang.String")
                .hasMessageContaining("JobStatusChangedListenerFactory");
    }
}
