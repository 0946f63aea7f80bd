package io.millrace.api.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MeterViewTest {
    @Test
    void givesTheRateOverItsTimeSpan() {
        MeterView meter = new MeterView(10);
        meter.markEvent(20);
        meter.update();
        assertThat(meter.getRate()).isEqualTo(2.0);
        meter.update();
        assertThat(meter.getRate()).isEqualTo(2.0);
        meter.update();
        assertThat(meter.getRate()).isZero();
        assertThat(meter.getCount()).isEqualTo(20);
    }

    @Test
    void measuresAGaugeThatGrows() {
        long[] value = {0};
        MeterView meter = new MeterView(() -> value[0]);
        value[0] = 120;
        meter.update();
        assertThat(meter.getRate()).isEqualTo(2.0);
        assertThatThrownBy(meter::markEvent).isInstanceOf(UnsupportedOperationException.class);
    }
}
