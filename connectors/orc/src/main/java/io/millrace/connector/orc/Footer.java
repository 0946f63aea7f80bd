package io.millrace.connector.orc;

import io.millrace.api.error.MillraceException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.orc.CompressionKind;
import org.apache.orc.OrcFile;
import org.apache.orc.OrcProto;
import org.apache.orc.OrcUtils;
import org.apache.orc.StripeInformation;
import org.apache.orc.TypeDescription;
import org.apache.orc.impl.BufferChunk;
import org.apache.orc.impl.InStream;
import org.apache.orc.impl.OrcCodecPool;
import org.apache.orc.impl.ReaderImpl;
import org.apache.orc.impl.SchemaEvolution;

/**
 * What the end of a file says about it. Immutable, but for the decompressor in its options.
 *
 * <pre>
 * file       := "ORC" stripe* metadata footer postscript, byte length of the postscript
 * postscript := lengths of footer and metadata, compression, versions, "ORC"        not compressed
 * footer     := types, where stripes begin and how many rows they have, statistics
 * </pre>
 */
final class Footer {
    private static final String MAGIC = "ORC";
    private static final int MAX_BLOCK_BYTES = 1 << 23;
    private static final int DEFAULT_BLOCK_BYTES = 256 << 10;

    private final OrcProto.PostScript postscript;
    private final OrcProto.Footer footer;
    private final InStream.StreamOptions compression;
    private final TypeDescription schema;
    private final List<StripeInformation> stripes;

    private Footer(
            OrcProto.PostScript postscript,
            OrcProto.Footer footer,
            InStream.StreamOptions compression,
            TypeDescription schema,
            List<StripeInformation> stripes) {
        this.postscript = postscript;
        this.footer = footer;
        this.compression = compression;
        this.schema = schema;
        this.stripes = List.copyOf(stripes);
    }

    /**
     * @throws MillraceException {@code INPUT_MALFORMED} naming the file, {@code
     *     SCHEMA_INCOMPATIBLE} for files that are not read here
     */
    static Footer read(FileBytes file, String where) {
        try {
            return parse(file, where);
        } catch (MillraceException | FileBytes.Unread e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw Malformed.file(where, "its footer cannot be decoded (" + e + ")", e);
        }
    }

    private static Footer parse(FileBytes file, String where) throws IOException {
        if (file.length() < 2L * MAGIC.length()) {
            throw Malformed.file(where, "it has " + file.length() + " bytes");
        }
        int postscriptBytes = file.read(file.length() - 1, 1).get() & 0xFF;
        long postscriptAt = file.length() - 1 - postscriptBytes;
        OrcProto.PostScript postscript =
                OrcProto.PostScript.parseFrom(file.read(postscriptAt, postscriptBytes).array());
        if (!postscript.getMagic().equals(MAGIC)) {
            throw Malformed.file(where, "it does not end as one");
        }
        InStream.StreamOptions compression = compression(postscript, where);
        long footerAt = postscriptAt - postscript.getFooterLength();
        ByteBuffer bytes = file.read(footerAt, postscript.getFooterLength());
        OrcProto.Footer footer =
                OrcProto.Footer.parseFrom(
                        InStream.createCodedInputStream(
                                InStream.create(
                                        "footer",
                                        new BufferChunk(bytes, 0),
                                        0,
                                        postscript.getFooterLength(),
                                        compression)));
        if (footer.hasEncryption()) {
            throw Malformed.schema(where, "the file is encrypted, which is not read here");
        }
        OrcUtils.isValidTypeTree(footer.getTypesList(), 0);
        TypeDescription schema = OrcUtils.convertTypeFromProtobuf(footer.getTypesList(), 0);
        if (schema.getCategory() != TypeDescription.Category.STRUCT) {
            throw Malformed.schema(where, "its rows are not columns, but " + schema);
        }
        if (SchemaEvolution.checkAcidSchema(schema)) {
            throw Malformed.schema(
                    where,
                    "it is a part of a transactional table, whose rows only Hive puts together."
                            + " Write the rows to a table that is none");
        }
        long stripesEnd = footerAt - postscript.getMetadataLength();
        return new Footer(
                postscript, footer, compression, schema, stripes(footer, stripesEnd, where));
    }

    private static InStream.StreamOptions compression(
            OrcProto.PostScript postscript, String where) {
        InStream.StreamOptions options = InStream.options();
        CompressionKind kind = CompressionKind.valueOf(postscript.getCompression().name());
        long block =
                postscript.hasCompressionBlockSize()
                        ? postscript.getCompressionBlockSize()
                        : DEFAULT_BLOCK_BYTES;
        if (block < 1 || block > MAX_BLOCK_BYTES) {
            throw Malformed.file(where, "its blocks have " + block + " bytes");
        }
        if (kind == CompressionKind.BROTLI) {
            throw Malformed.schema(where, "it is compressed by Brotli, which is not read here");
        }
        return kind == CompressionKind.NONE
                ? options
                : options.withCodec(OrcCodecPool.getCodec(kind)).withBufferSize((int) block);
    }

    private static List<StripeInformation> stripes(OrcProto.Footer footer, long end, String where) {
        List<StripeInformation> stripes = new ArrayList<>();
        long rows = 0;
        for (OrcProto.StripeInformation each : footer.getStripesList()) {
            StripeInformation stripe =
                    new ReaderImpl.StripeInformationImpl(each, stripes.size(), 0, null);
            boolean isWithin =
                    stripe.getOffset() >= MAGIC.length()
                            && stripe.getIndexLength() >= 0
                            && stripe.getDataLength() >= 0
                            && stripe.getFooterLength() >= 0
                            && stripe.getOffset() <= end
                            && stripe.getLength() >= 0
                            && stripe.getLength() <= end - stripe.getOffset();
            if (!isWithin || stripe.getNumberOfRows() < 0) {
                throw Malformed.file(where, "its stripe " + stripes.size() + " is " + stripe);
            }
            rows += stripe.getNumberOfRows();
            stripes.add(stripe);
        }
        if (rows != footer.getNumberOfRows()) {
            throw Malformed.file(
                    where,
                    "its stripes have "
                            + rows
                            + " rows, its footer says "
                            + footer.getNumberOfRows());
        }
        return stripes;
    }

    TypeDescription schema() {
        return schema;
    }

    List<StripeInformation> stripes() {
        return stripes;
    }

    /** How streams are compressed; of one task. */
    InStream.StreamOptions compression() {
        return compression;
    }

    /** Which mistakes of writers are to be reckoned with. */
    OrcFile.WriterVersion writer() {
        return OrcFile.WriterVersion.from(
                OrcFile.WriterImplementation.from(footer.getWriter()),
                postscript.getWriterVersion());
    }

    OrcFile.Version version() {
        for (OrcFile.Version version : OrcFile.Version.values()) {
            if (postscript.getVersionCount() >= 2
                    && version.getMajor() == postscript.getVersion(0)
                    && version.getMinor() == postscript.getVersion(1)) {
                return version;
            }
        }
        return postscript.getVersionCount() == 0 ? OrcFile.Version.V_0_11 : OrcFile.Version.FUTURE;
    }

    /** Whether days before 1582 are counted as ISO 8601 has them. */
    boolean isProleptic() {
        return footer.getCalendar() == OrcProto.CalendarKind.PROLEPTIC_GREGORIAN;
    }

    /** Gives the decompressor back. */
    void release() {
        if (compression.getCodec() != null) {
            OrcCodecPool.returnCodec(compression.getCodec().getKind(), compression.getCodec());
        }
    }
}
