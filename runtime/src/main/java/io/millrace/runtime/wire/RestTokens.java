package io.millrace.runtime.wire;

import io.millrace.runtime.wire.AppSecret.Purpose;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * The two bearer tokens of an application's REST interface, derived from its secret: whoever holds
 * the secret can make them, and nobody needs to store them. Immutable; never printed.
 */
public final class RestTokens {
    private final byte[] view;
    private final byte[] modify;

    /** What a request may do; each right includes those before it. */
    public enum Right {
        NOTHING,
        VIEW,
        MODIFY
    }

    private RestTokens(byte[] view, byte[] modify) {
        this.view = view;
        this.modify = modify;
    }

    public static RestTokens of(AppSecret secret) {
        byte[] key = secret.key(Purpose.REST);
        return new RestTokens(token(key, "view"), token(key, "modify"));
    }

    private static byte[] token(byte[] key, String right) {
        byte[] mac = AppSecret.hmac(key, right.getBytes(StandardCharsets.US_ASCII));
        return HexFormat.of().formatHex(mac).getBytes(StandardCharsets.US_ASCII);
    }

    /** 64 lower-case hexadecimal digits. */
    public String view() {
        return new String(view, StandardCharsets.US_ASCII);
    }

    /** 64 lower-case hexadecimal digits. */
    public String modify() {
        return new String(modify, StandardCharsets.US_ASCII);
    }

    /**
     * What the holder of a token may do, in time that does not depend on how much of it is right.
     *
     * @param token as after {@code Bearer}; null if the request has none
     */
    public Right rightOf(String token) {
        if (token == null || token.length() > 4 * modify.length) {
            return Right.NOTHING;
        }
        byte[] given = token.getBytes(StandardCharsets.UTF_8);
        boolean mayModify = MessageDigest.isEqual(modify, given);
        boolean mayView = MessageDigest.isEqual(view, given);
        return mayModify ? Right.MODIFY : mayView ? Right.VIEW : Right.NOTHING;
    }

    @Override
    public String toString() {
        return "RestTokens[hidden]";
    }
}
