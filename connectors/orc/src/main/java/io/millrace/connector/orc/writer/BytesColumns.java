package io.millrace.connector.orc.writer;

import java.nio.charset.StandardCharsets;
import org.apache.orc.TypeDescription;
import org.apache.orc.storage.ql.exec.vector.BytesColumnVector;
import org.apache.orc.storage.ql.exec.vector.ColumnVector;

/** Columns of texts and bytes. */
final class BytesColumns {
    private BytesColumns() {}

    /** Confined to its task. */
    static final class OfText extends ColumnWriter {
        private final HeldBytes held;
        private final int maxCharacters;

        OfText(TypeDescription column, String where, HeldBytes held, boolean limited) {
            super(column, where);
            this.held = held;
            this.maxCharacters = limited ? column.getMaxLength() : Integer.MAX_VALUE;
        }

        @Override
        void set(ColumnVector vector, int at, Object value) {
            String text = (String) value;
            if (text.length() > maxCharacters) {
                int characters = text.codePointCount(0, text.length());
                if (characters > maxCharacters) {
                    throw unfit(value, "has " + characters + " characters");
                }
            }
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            // Nobody else has them, so that they need not be copied.
            ((BytesColumnVector) vector).setRef(at, bytes, 0, bytes.length);
            held.add(bytes.length);
        }
    }

    /** Confined to its task. */
    static final class OfBytes extends ColumnWriter {
        private final HeldBytes held;

        OfBytes(TypeDescription column, String where, HeldBytes held) {
            super(column, where);
            this.held = held;
        }

        @Override
        void set(ColumnVector vector, int at, Object value) {
            byte[] bytes = ((byte[]) value).clone();
            ((BytesColumnVector) vector).setRef(at, bytes, 0, bytes.length);
            held.add(bytes.length);
        }
    }
}
