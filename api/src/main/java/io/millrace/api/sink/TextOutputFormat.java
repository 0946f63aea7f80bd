package io.millrace.api.sink;

import io.millrace.api.file.Path;
import java.io.IOException;
import java.io.Serializable;
import java.nio.charset.Charset;
import java.util.Objects;

/**
 * Writes each record's {@code toString()} as a line. Confined to its task.
 *
 * @deprecated use a {@code FileSink} of the connector for files
 */
@Deprecated
public class TextOutputFormat<T> extends FileOutputFormat<T> {
    private static final long serialVersionUID = 1L;

    private String charsetName;
    private transient Charset charset; // null until it is opened

    /** Makes the text of a record. */
    public interface TextFormatter<IN> extends Serializable {
        String format(IN value);
    }

    /** In UTF-8. */
    public TextOutputFormat(Path outputPath) {
        this(outputPath, "UTF-8");
    }

    public TextOutputFormat(Path outputPath, String charset) {
        super(outputPath);
        setCharsetName(charset);
    }

    public String getCharsetName() {
        return charsetName;
    }

    /**
     * @throws IllegalArgumentException if there is no such character set
     */
    public void setCharsetName(String charsetName) {
        Charset.forName(Objects.requireNonNull(charsetName, "The character set is null."));
        this.charsetName = charsetName;
    }

    @Override
    public void open(InitializationContext context) throws IOException {
        super.open(context);
        charset = Charset.forName(charsetName);
    }

    @Override
    public void writeRecord(T record) throws IOException {
        stream.write((record + "\n").getBytes(charset));
    }

    @Override
    public String toString() {
        return "TextOutputFormat (" + getOutputFilePath() + ") - " + charsetName;
    }
}
