package io.millrace.yarn.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RenewalPlanTest {
    private static final long NOW = 1_700_000_000_000L;
    private static final RenewalPlan PLAN = new RenewalPlan(0.75, Duration.ofMinutes(5));

    @Test
    void newOnesAreDueAfterAPartOfTheirLife() {
        assertThat(PLAN.afterSuccess(NOW, NOW + 86_400_000)).isEqualTo(NOW + 64_800_000);
    }

    @Test
    void tokensThatEndAtOnceAreNotAskedForWithoutAPause() {
        assertThat(PLAN.afterSuccess(NOW, NOW)).isEqualTo(NOW + 1_000);
        assertThat(PLAN.afterSuccess(NOW, NOW - 5_000)).isEqualTo(NOW + 1_000);
    }

    @Test
    void afterAFailureItIsTriedAtLeastEightTimesBeforeTheOldOnesEnd() {
        assertThat(PLAN.afterFailure(NOW, NOW + 80_000)).isEqualTo(NOW + 10_000);
        long now = NOW;
        int tries = 0;
        while (now < NOW + 80_000) {
            now = PLAN.afterFailure(now, NOW + 80_000);
            tries++;
        }
        assertThat(tries).isBetween(8, 40);
    }

    @Test
    void noPauseIsLongerThanTheOptionSays() {
        assertThat(PLAN.afterFailure(NOW, NOW + 86_400_000)).isEqualTo(NOW + 300_000);
        assertThat(new RenewalPlan(0.5, 5_000).afterFailure(NOW, NOW - 1)).isEqualTo(NOW + 5_000);
    }

    @Test
    void withoutTokensItIsTriedEveryHalfMinute() {
        assertThat(PLAN.afterFailure(NOW, NOW - 1)).isEqualTo(NOW + 30_000);
        assertThat(PLAN.afterFailure(NOW, RenewalPlan.NONE)).isEqualTo(NOW + 30_000);
    }

    @Test
    void aPartThatIsNoneIsRefused() {
        assertThatThrownBy(() -> new RenewalPlan(1, 5_000))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RenewalPlan(0.5, 10))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
