package io.millrace.api.serialization;

import io.millrace.api.type.TypeInformation;
import io.millrace.api.type.Types;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Text as bytes of a character set. Immutable. */
public class SimpleStringSchema
        implements DeserializationSchema<String>, SerializationSchema<String> {
    private static final long serialVersionUID = 1L;

    /** By name: character sets are not serializable. */
    private final String charsetName;

    private transient Charset charset;

    /** UTF-8. */
    public SimpleStringSchema() {
        this(StandardCharsets.UTF_8);
    }

    public SimpleStringSchema(Charset charset) {
        this.charset = Objects.requireNonNull(charset);
        this.charsetName = charset.name();
    }

    public Charset getCharset() {
        if (charset == null) {
            charset = Charset.forName(charsetName);
        }
        return charset;
    }

    @Override
    public String deserialize(byte[] message) {
        return new String(message, getCharset());
    }

    @Override
    public boolean isEndOfStream(String nextElement) {
        return false;
    }

    @Override
    public byte[] serialize(String element) {
        return element.getBytes(getCharset());
    }

    @Override
    public TypeInformation<String> getProducedType() {
        return Types.STRING;
    }
}
