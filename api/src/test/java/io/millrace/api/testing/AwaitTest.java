package io.millrace.api.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class AwaitTest {
    private final AtomicInteger looks = new AtomicInteger();

    @Test
    void endsWithTheFirstValueThatSatisfies() {
        assertThat(Await.until("three looks", looks::incrementAndGet, n -> n == 3)).isEqualTo(3);
        assertThat(looks).hasValue(3);
    }

    @Test
    void saysWhatDidNotComeAndWhatCameInstead() {
        assertThatThrownBy(
                        () ->
                                Await.until(
                                        "the list is full", Duration.ZERO, () -> "[a]", s -> false))
                .isInstanceOf(AssertionError.class)
                .hasMessage("not within PT0S: the list is full; last seen: [a]");
    }

    @Test
    void anInterruptEndsItAndIsKept() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> Await.until("a second look", looks::incrementAndGet, n -> n > 1))
                .isInstanceOf(AssertionError.class)
                .hasMessage("interrupted before a second look; last seen: 1");
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void whatTheLookThrowsIsThrown() {
        IOException gone = new IOException("gone");
        assertThatThrownBy(
                        () ->
                                Await.until(
                                        "it is there",
                                        () -> {
                                            throw gone;
                                        },
                                        seen -> true))
                .isSameAs(gone);
    }
}
