package io.millrace.yarn.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.security.Credentials;
import org.junit.jupiter.api.Test;

class TokenRenewalTest {
    private static final long LIFE_MS = 100_000;

    private long nowMs = 1_700_000_000_000L;
    private boolean kdcAnswers = true;
    private int asked;
    private final List<Credentials> handedOn = new ArrayList<>();
    private final List<String> troubles = new ArrayList<>();
    private final TokenRenewal renewal =
            new TokenRenewal(
                    this::obtain,
                    new RenewalPlan(0.75, 300_000),
                    new TokenRenewal.Receiver() {
                        @Override
                        public void onTokens(Credentials tokens) {
                            handedOn.add(tokens);
                        }

                        @Override
                        public void onTrouble(String trouble) {
                            troubles.add(trouble);
                        }
                    },
                    () -> nowMs);

    private FreshTokens obtain() throws IOException {
        asked++;
        if (!kdcAnswers) {
            throw new IOException("no KDC answers");
        }
        return new FreshTokens(new Credentials(), nowMs + LIFE_MS);
    }

    @Test
    void obtainsAtOnceAndThenBeforeTheEnd() throws InterruptedException {
        assertThat(renewal.turn()).isEqualTo(75_000);
        nowMs += 74_999;
        assertThat(renewal.turn()).isEqualTo(1);
        assertThat(handedOn).hasSize(1);
        nowMs += 1;
        assertThat(renewal.turn()).isEqualTo(75_000);
        assertThat(handedOn).hasSize(2);
        assertThat(troubles).isEmpty();
    }

    @Test
    void aFailureIsToldAndTriedAgainUntilItIsOver() throws InterruptedException {
        renewal.turn();
        nowMs += 75_000;
        kdcAnswers = false;
        long pauseMs = renewal.turn();
        assertThat(pauseMs).isEqualTo(25_000 / 8);
        assertThat(troubles.get(0))
                .contains("no KDC answers", "1 time now", "hold for 25 s more", "again in 3 s");

        nowMs += 25_000;
        assertThat(renewal.turn()).isEqualTo(30_000);
        assertThat(troubles.get(1)).contains("2 times now", "cannot reach its file systems");
        assertThat(handedOn).hasSize(1);

        nowMs += 30_000;
        kdcAnswers = true;
        renewal.turn();
        assertThat(handedOn).hasSize(2);
        assertThat(troubles).hasSize(3);
        assertThat(troubles.get(2)).isNull();
        assertThat(asked).isEqualTo(4);
    }

    @Test
    void whoNeverObtainedAnyStillHasThoseOfTheSubmission() throws InterruptedException {
        kdcAnswers = false;
        assertThat(renewal.turn()).isEqualTo(30_000);
        assertThat(troubles.get(0)).contains("acts with those of its submission");
    }
}
