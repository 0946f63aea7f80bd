package io.millrace.worker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LeaseTest {
    private final Lease lease = new Lease(100, 1_000);

    @Test
    void endsWhenNothingWasHeardForTheTimeout() {
        assertThat(lease.isExpired(1_099)).isFalse();
        assertThat(lease.isExpired(1_100)).isTrue();
        assertThat(lease.endsAtMs()).isEqualTo(1_100);
    }

    @Test
    void beginsAnewWithEachWord() {
        lease.heard(1_090);

        assertThat(lease.isExpired(1_189)).isFalse();
        assertThat(lease.isExpired(1_190)).isTrue();
    }

    @Test
    void anOldWordDoesNotShortenIt() {
        lease.heard(1_090);
        lease.heard(1_050);

        assertThat(lease.endsAtMs()).isEqualTo(1_190);
    }

    @Test
    void aNewTimeoutCountsFromTheLastWord() {
        lease.timeout(50);

        assertThat(lease.isExpired(1_050)).isTrue();
    }
}
