package io.millrace.api.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

@SuppressWarnings("deprecation")
class SinkTest {
    @Test
    void aSinkOfTheOlderFormMakesWriters() throws Exception {
        SinkWriter<String> made = new DiscardingSink<String>().createWriter(null);
        Sink<String> sink =
                new Sink<>() {
                    @Override
                    public SinkWriter<String> createWriter(InitContext context) {
                        return made;
                    }
                };
        assertThat(sink.createWriter((WriterInitContext) null)).isSameAs(made);
    }

    @Test
    void aSinkThatImplementsNeitherFormSaysSo() {
        Sink<String> sink = new Sink<>() {};
        assertThatThrownBy(() -> sink.createWriter((WriterInitContext) null))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("createWriter(WriterInitContext)");
    }
}
