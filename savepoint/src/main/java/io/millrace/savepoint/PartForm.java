package io.millrace.savepoint;

import io.millrace.connector.parquet.ParquetRowGroups.Rows;
import io.millrace.runtime.checkpoint.StatePart;
import io.millrace.runtime.serde.BinaryWriter;
import io.millrace.runtime.state.TableForm;
import io.millrace.runtime.state.unkeyed.ItemForm;
import io.millrace.runtime.time.TimerRows;
import java.io.IOException;

/**
 * How the content of one state's parts goes into rows and back. Immutable but for the layout, of
 * which each file has its own.
 */
abstract class PartForm {
    /**
     * @param kind of the state
     * @param form as the checkpoint names it
     * @param description as the checkpoint has it
     * @throws io.millrace.runtime.serde.CorruptDataException if the description is not of the form
     */
    static PartForm of(StatePart.Kind kind, String form, byte[] description) {
        if (kind == StatePart.Kind.KEYED && form.equals(TableForm.NAME)) {
            return new TableCodec(TableForm.parse(description));
        }
        if (kind == StatePart.Kind.TIMERS && form.equals(TimerRows.FORM)) {
            return new TimersCodec(TimerRows.parse(description));
        }
        if (form.equals(ItemForm.NAME)) {
            return ItemsCodec.of(description);
        }
        return new BytesCodec();
    }

    abstract TableLayout layout();

    /** Writes the rows of a row group as the content of a part, or as some of it. */
    abstract void toContent(Rows<Object[]> rows, BinaryWriter out) throws IOException;
}
