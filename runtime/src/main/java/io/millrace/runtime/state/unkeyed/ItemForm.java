package io.millrace.runtime.state.unkeyed;

import io.millrace.api.error.ErrorCode;
import io.millrace.api.error.MillraceException;
import io.millrace.runtime.checkpoint.PartContent;
import io.millrace.runtime.checkpoint.RestoredPart;
import io.millrace.runtime.checkpoint.SegmentSource;
import io.millrace.runtime.checkpoint.StatePart;
import io.millrace.runtime.serde.BinaryReader;
import io.millrace.runtime.serde.CorruptDataException;
import io.millrace.runtime.serde.WrittenSchema;
import java.util.ArrayList;
import java.util.List;

/**
 * How lists and maps without keys lie in a checkpoint, in the form {@value #NAME}; the one place
 * that knows their bytes. Pure.
 *
 * <pre>
 * description := schema*               one of lists, two of maps, each: length (varint), written schema
 * content     := item*
 * item        := length (varint), bytes            of an element, or of a key, has a value, [value]
 * </pre>
 *
 * Items can be told apart without being understood, so that those of a state that nobody asks for
 * are passed on.
 */
public final class ItemForm {
    public static final String NAME = "items/1";

    /** What is shorter travels with the acknowledgement and needs no file. */
    static final int INLINE_BYTES = 4096;

    private ItemForm() {}

    /**
     * The schemas in a description: of the elements of a list, or of the keys and values of a map.
     *
     * @throws CorruptDataException if the bytes are not of that form
     */
    public static List<WrittenSchema> schemas(byte[] description) {
        BinaryReader in = new BinaryReader(description);
        List<WrittenSchema> schemas = new ArrayList<>();
        while (in.remaining() > 0) {
            schemas.add(WrittenSchema.parse(in.readByteArray()));
        }
        return schemas;
    }

    /**
     * The items that fall to this subtask.
     *
     * @throws MillraceException {@code CHECKPOINT_FILE_CORRUPT} if they are not of that form, or
     *     the file is damaged; {@code STORAGE_FAILED} if it cannot be read
     */
    public static List<byte[]> read(RestoredPart restored, SegmentSource segments) {
        StatePart part = restored.part();
        if (!part.form().equals(NAME)) {
            throw new MillraceException(
                    ErrorCode.CHECKPOINT_INCOMPATIBLE,
                    "state '"
                            + part.name()
                            + "' has the form '"
                            + part.form()
                            + "', this version of Millrace reads '"
                            + NAME
                            + "'. Restore it with the version that wrote it, or a later one.");
        }
        try {
            BinaryReader in =
                    new BinaryReader(
                            PartContent.read(part, segments, "state '" + part.name() + "'"));
            List<byte[]> items = new ArrayList<>();
            for (int item = 0; item < part.items(); item++) {
                byte[] bytes = in.readByteArray();
                if (item >= restored.fromItem() && item < restored.toItem()) {
                    items.add(bytes);
                }
            }
            if (in.remaining() != 0) {
                throw new CorruptDataException(in.remaining() + " bytes too many");
            }
            return items;
        } catch (CorruptDataException e) {
            throw new MillraceException(
                    ErrorCode.CHECKPOINT_FILE_CORRUPT,
                    "state '"
                            + part.name()
                            + "' of subtask "
                            + restored.subtask()
                            + " is not a list of "
                            + part.items()
                            + " items: "
                            + e.getMessage()
                            + ". Restore an earlier checkpoint.",
                    e);
        }
    }
}
