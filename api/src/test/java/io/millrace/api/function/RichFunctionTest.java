package io.millrace.api.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.api.option.Configuration;
import org.junit.jupiter.api.Test;

class RichFunctionTest {
    @Test
    void callsTheOlderOpenFromTheNewer() throws Exception {
        Older function = new Older();
        function.open(DefaultOpenContext.INSTANCE);
        assertThat(function.opened).isTrue();
    }

    @Test
    void saysFromWhenOnTheContextIsThere() {
        assertThatThrownBy(() -> new Older().getRuntimeContext())
                .hasMessageContaining("from open() on");
    }

    static final class Older extends RichMapFunction<String, String> {
        private static final long serialVersionUID = 1L;

        private boolean opened;

        @Override
        @SuppressWarnings("deprecation")
        public void open(Configuration parameters) {
            opened = true;
        }

        @Override
        public String map(String value) {
            return value;
        }
    }
}
