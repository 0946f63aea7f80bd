package io.millrace.host.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.ExceptionUtils;
import io.millrace.api.error.SerializedThrowable;
import io.millrace.api.function.MapFunction;
import io.millrace.api.function.OpenContext;
import io.millrace.api.function.RichMapFunction;
import io.millrace.api.option.Configuration;
import io.millrace.api.sink.DiscardingSink;
import io.millrace.api.stream.CloseableIterator;
import io.millrace.api.stream.DataStream;
import io.millrace.api.stream.JobCancellationException;
import io.millrace.api.stream.JobClient;
import io.millrace.api.stream.JobExecutionException;
import io.millrace.api.stream.StreamExecutionEnvironment;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a function throws in a worker, as its program meets it. */
@Timeout(60)
class ThrownInFunctionsTest {
    private static final class OrderRefused extends Exception {
        private static final long serialVersionUID = 1L;

        OrderRefused(String message, Throwable cause) {
            super(message, cause);
        }
    }

    private static final class Connected extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @SuppressWarnings("unused") // it is what cannot be serialized
        private final Thread connection = Thread.currentThread();

        Connected(String message) {
            super(message);
        }
    }

    private static StreamExecutionEnvironment environment() {
        return StreamExecutionEnvironment.getExecutionEnvironment(
                Configuration.fromMap(Map.of("embedded.workers", "2", "restart.strategy", "none")));
    }

    private static Throwable failureOf(MapFunction<Long, Long> function) {
        StreamExecutionEnvironment env = environment();
        env.fromSequence(1, 10).map(function).name("orders").sinkTo(new DiscardingSink<>());
        return catchThrowable(() -> env.execute("orders"));
    }

    private static Long refuse(Long number) throws OrderRefused {
        throw new OrderRefused("order " + number, new IOException("no stock"));
    }

    @Test
    void theCauseIsWhatTheFunctionThrew() {
        Throwable failure = failureOf(ThrownInFunctionsTest::refuse);

        assertThat(failure).isInstanceOf(JobExecutionException.class);
        assertThat(((JobExecutionException) failure).code()).isEqualTo(ErrorCode.USER_CODE_FAILED);
        assertThat(((JobExecutionException) failure).getJobID()).isNotNull();
        assertThat(failure.getCause())
                .isInstanceOf(OrderRefused.class)
                .hasMessageStartingWith("order ")
                .hasCauseInstanceOf(IOException.class)
                .hasRootCauseMessage("no stock");
        assertThat(ExceptionUtils.findThrowable(failure, OrderRefused.class)).isPresent();
        assertThat(ExceptionUtils.findThrowableWithMessage(failure, "no stock"))
                .containsInstanceOf(IOException.class);
    }

    @Test
    void whatOpenThrewIsFoundToo() {
        StreamExecutionEnvironment env = environment();
        env.fromSequence(1, 10)
                .map(
                        new RichMapFunction<Long, Long>() {
                            private static final long serialVersionUID = 1L;

                            @Override
                            public void open(OpenContext context) throws Exception {
                                throw new OrderRefused("closed today", null);
                            }

                            @Override
                            public Long map(Long number) {
                                return number;
                            }
                        })
                .sinkTo(new DiscardingSink<>());

        assertThat(
                        ExceptionUtils.findThrowable(
                                catchThrowable(() -> env.execute()), OrderRefused.class))
                .isPresent();
    }

    @Test
    void oneThatCannotBeSerializedIsTold() {
        Throwable failure =
                failureOf(
                        number -> {
                            throw new Connected("lost");
                        });

        assertThat(failure.getCause()).isInstanceOf(SerializedThrowable.class);
        assertThat(((SerializedThrowable) failure.getCause()).getOriginalErrorClassName())
                .isEqualTo(Connected.class.getName());
        assertThat(ExceptionUtils.findThrowableWithMessage(failure, "lost")).isPresent();
    }

    @Test
    void theClientOfAJobThatWasStartedGetsIt() throws Exception {
        StreamExecutionEnvironment env = environment();
        env.fromSequence(1, 10).map(ThrownInFunctionsTest::refuse).sinkTo(new DiscardingSink<>());
        JobClient client = env.executeAsync();

        Throwable failure = catchThrowable(() -> client.getJobExecutionResult().get());

        assertThat(failure)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(JobExecutionException.class);
        assertThat(ExceptionUtils.findThrowable(failure, OrderRefused.class)).isPresent();
    }

    @Test
    void whoCollectsItsResultsGetsIt() throws Exception {
        DataStream<Long> orders =
                environment().fromSequence(1, 10).map(ThrownInFunctionsTest::refuse);

        Throwable failure =
                catchThrowable(
                        () -> {
                            try (CloseableIterator<Long> results = orders.executeAndCollect()) {
                                results.next();
                            }
                        });

        assertThat(ExceptionUtils.findThrowable(failure, OrderRefused.class)).isPresent();
    }

    @Test
    void aJobThatWasCancelledEndsWithThat() throws Exception {
        StreamExecutionEnvironment env = environment();
        env.fromSequence(1, Long.MAX_VALUE).sinkTo(new DiscardingSink<>());
        JobClient client = env.executeAsync();
        client.cancel().get();

        assertThat(catchThrowable(() -> client.getJobExecutionResult().get()))
                .hasCauseInstanceOf(JobCancellationException.class);
    }
}
