package io.millrace.client.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressDisplayTest {
    private final StringWriter text = new StringWriter();
    private final AtomicLong nanos = new AtomicLong();

    private ProgressDisplay display(boolean terminal) {
        return new ProgressDisplay(new PrintWriter(text), terminal, nanos::get);
    }

    private static JobView job(String state, long recordsOut) {
        return new JobView(
                "7f",
                "WordCount",
                state,
                61_000,
                0,
                10,
                recordsOut,
                null,
                List.of(new JobView.Vertex(0, "lines", state, 2, 1, 1, 0, recordsOut)));
    }

    @Test
    void rewritesItsBlockOnATerminal() {
        ProgressDisplay display = display(true);
        display.show(job("RUNNING", 1));
        assertThat(text.toString()).doesNotContain("\033[3A").contains("WordCount  RUNNING");
        display.show(job("RUNNING", 2));
        assertThat(text.toString()).contains("\033[3A\033[J");
    }

    @Test
    void startsANewBlockAfterItsEnd() {
        ProgressDisplay display = display(true);
        display.show(job("RUNNING", 1));
        display.end();
        display.show(job("RUNNING", 2));
        assertThat(text.toString()).doesNotContain("\033[3A");
    }

    @Test
    void writesALineWhenTheStateChangesAndNowAndThen() {
        ProgressDisplay display = display(false);
        display.waiting("Waiting");
        display.waiting("Waiting");
        display.show(job("RUNNING", 1));
        display.show(job("RUNNING", 2));
        nanos.addAndGet(5_000_000_000L);
        display.show(job("RUNNING", 3));
        display.show(job("FINISHED", 4));
        assertThat(text.toString().lines().toList())
                .containsExactly(
                        "Waiting",
                        "WordCount  RUNNING  1 min 01 s  [0] 2/2 in 0 out 1",
                        "WordCount  RUNNING  1 min 01 s  [0] 2/2 in 0 out 3",
                        "WordCount  FINISHED  1 min 01 s  [0] 2/2 in 0 out 4");
    }
}
