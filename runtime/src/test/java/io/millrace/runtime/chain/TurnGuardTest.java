package io.millrace.runtime.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TurnGuardTest {
    private final AtomicInteger wakeUps = new AtomicInteger();
    private final TurnGuard guard = new TurnGuard(wakeUps::incrementAndGet);

    @Test
    void admitsTheThreadOfTheTurn() {
        guard.begin();

        assertThat(guard.admits("map")).isTrue();
        assertThatCode(guard::throwIntrusion).doesNotThrowAnyException();
        assertThat(wakeUps).hasValue(0);
    }

    @Test
    void tellsBothTheThreadAndTheTask() {
        guard.begin();

        assertThatThrownBy(() -> CompletableFuture.runAsync(() -> guard.admits("map")).join())
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(UserCodeException.class);

        assertThat(wakeUps).hasValue(1);
        assertThatThrownBy(guard::throwIntrusion)
                .isInstanceOfSatisfying(
                        UserCodeException.class, e -> assertThat(e.operator()).isEqualTo("map"))
                .cause()
                .hasMessageContaining("has emitted a record");
    }

    @Test
    void admitsNobodyBetweenTurns() {
        guard.begin();
        guard.end();

        assertThatThrownBy(() -> guard.admits("map")).isInstanceOf(UserCodeException.class);
    }
}
