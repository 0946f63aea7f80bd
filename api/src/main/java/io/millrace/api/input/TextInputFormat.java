package io.millrace.api.input;

import io.millrace.api.file.Path;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.Arrays;

/**
 * Reads lines of text; a carriage return at the end of a line is dropped. Confined to its task.
 *
 * @deprecated use a file source
 */
@Deprecated
public class TextInputFormat extends DelimitedInputFormat<String> {
    private static final long serialVersionUID = 1L;

    private transient Charset charset;
    private transient boolean dropsReturns;

    /**
     * @param filePath null to be set later
     */
    public TextInputFormat(Path filePath) {
        super(filePath, null);
    }

    public String getCharsetName() {
        return getCharset().name();
    }

    /**
     * @throws java.nio.charset.UnsupportedCharsetException if Java does not know it
     */
    public void setCharsetName(String charsetName) {
        setCharset(charsetName);
    }

    @Override
    protected void initializeSplit(FileInputSplit split, Long state) throws IOException {
        charset = getCharset();
        dropsReturns = Arrays.equals(getDelimiter(), new byte[] {'\n'});
    }

    @Override
    public String readRecord(String reuse, byte[] bytes, int offset, int numBytes)
            throws IOException {
        boolean drops = dropsReturns && numBytes > 0 && bytes[offset + numBytes - 1] == '\r';
        return new String(bytes, offset, drops ? numBytes - 1 : numBytes, charset);
    }

    @Override
    public String toString() {
        return super.toString() + " in " + getCharsetName();
    }
}
