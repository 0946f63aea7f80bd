package io.millrace.runtime.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.operator.MailboxExecutor;
import io.millrace.api.operator.MailboxExecutor.MailOptions;
import io.millrace.runtime.chain.TurnGuard;
import io.millrace.runtime.chain.UserCodeException;
import io.millrace.runtime.time.ProcessingTimers;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class OperatorMailTest {
    private final Queue<Runnable> mailbox = new ArrayDeque<>();
    private final List<String> ran = new ArrayList<>();
    private final ProcessingTimers timers = new ProcessingTimers();
    private final TurnGuard guard = new TurnGuard(() -> {});
    // Stands for the thread that would send while an operator waits.
    private Runnable meanwhile = () -> {};
    private final OperatorMail mail =
            new OperatorMail(
                    mailbox::add,
                    condition -> {
                        meanwhile.run();
                        assertThat(condition.getAsBoolean()).isTrue();
                    });
    private long nowMs = 100;

    private MailboxExecutor at(int place) {
        return new OperatorMailbox(mail, place, "op" + place, timers.of(place), () -> nowMs, guard);
    }

    private void send(MailboxExecutor to, MailOptions options, String name) {
        to.execute(options, () -> ran.add(name), "adds %s", name);
    }

    private void send(MailboxExecutor to, String name) {
        send(to, MailOptions.options(), name);
    }

    private void runMailbox() {
        for (Runnable next = mailbox.poll(); next != null; next = mailbox.poll()) {
            next.run();
        }
    }

    @Test
    void runsInTheOrderOfSendingUrgentFirst() {
        send(at(0), "a");
        send(at(2), MailOptions.deferrable(), "b");
        send(at(1), "c");
        send(at(1), MailOptions.urgent(), "first");

        assertThat(at(0).shouldInterrupt()).isTrue();
        runMailbox();

        assertThat(ran).containsExactly("first", "a", "b", "c");
        assertThat(at(0).shouldInterrupt()).isFalse();
    }

    @Test
    void anOperatorThatYieldsRunsItsOwnMailAndThatOfThoseBehindIt() {
        guard.begin();
        send(at(0), "of the one before");
        send(at(1), MailOptions.deferrable(), "deferrable");
        send(at(2), "of the one behind");
        send(at(1), "own");

        assertThat(at(1).tryYield()).isTrue();
        assertThat(at(1).tryYield()).isTrue();
        assertThat(at(1).tryYield()).isFalse();
        assertThat(ran).containsExactly("of the one behind", "own");

        runMailbox();
        assertThat(ran).endsWith("of the one before", "deferrable").hasSize(4);
    }

    @Test
    void anOperatorThatYieldsMakesItsTimersCalls() throws Exception {
        guard.begin();
        timers.of(0).at(50, () -> ran.add("of the one before"));
        timers.of(1).at(60, () -> ran.add("due"));
        timers.of(1).at(200, () -> ran.add("later"));

        at(1).yield();

        assertThat(ran).containsExactly("due");
        assertThat(at(1).tryYield()).isFalse();
        assertThat(timers.runDue(nowMs)).isEqualTo(1);
    }

    @Test
    void yieldWaitsForMail() throws Exception {
        guard.begin();
        meanwhile = () -> send(at(1), "sent meanwhile");

        at(1).yield();

        assertThat(ran).containsExactly("sent meanwhile");
    }

    @Test
    void yieldEndsWhenItsThreadIsInterrupted() {
        guard.begin();
        meanwhile = () -> Thread.currentThread().interrupt();

        assertThatThrownBy(() -> at(1).yield())
                .isInstanceOf(InterruptedException.class)
                .hasMessageContaining("op1");
    }

    @Test
    void onlyTheTasksThreadYields() {
        assertThatThrownBy(() -> at(1).tryYield())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("op1")
                .hasMessageContaining("execute");
    }

    @Test
    void aMailThatFailsNamesItsOperatorAndItself() {
        at(3).execute(
                        () -> {
                            throw new IOException("broken");
                        },
                        "file %d",
                        7);

        assertThatThrownBy(this::runMailbox)
                .isInstanceOf(UserCodeException.class)
                .hasMessageContaining("op3")
                .cause()
                .hasMessage("broken")
                .satisfies(
                        broken ->
                                assertThat(broken.getSuppressed()[0])
                                        .hasMessageContaining("file 7"));
    }

    @Test
    void whatIsSubmittedGivesItsResultOrFailureToTheFuture() throws Exception {
        Future<String> result = at(0).submit(() -> "done", "gives a word");
        Future<?> failure =
                at(0).submit(
                                (java.util.concurrent.Callable<String>)
                                        () -> {
                                            throw new IOException("broken");
                                        },
                                "fails");

        assertThat(result.isDone()).isFalse();
        runMailbox();

        assertThat(result.get()).isEqualTo("done");
        assertThatThrownBy(failure::get).hasRootCauseMessage("broken");
    }

    @Test
    void isRefusedAfterTheEndOfTheTask() {
        send(at(0), "dropped");

        mail.close();
        runMailbox();

        assertThat(ran).isEmpty();
        assertThatThrownBy(() -> send(at(0), "late"))
                .isInstanceOf(RejectedExecutionException.class)
                .hasMessageContaining("op0");
    }
}
