/*
 * Copyright the Passbridge authors.
 * SPDX-License-Identifier: Apache-2.0
 */
package io.passbridge.hash.fips;

import io.passbridge.crypto.CryptographicModule.AgreedKey;
import java.security.SecureRandom;
import org.bouncycastle.crypto.asymmetric.AsymmetricECPrivateKey;
import org.bouncycastle.crypto.asymmetric.AsymmetricECPublicKey;
import org.bouncycastle.crypto.asymmetric.AsymmetricKeyPair;
import org.bouncycastle.crypto.asymmetric.ECDomainParameters;
import org.bouncycastle.crypto.asymmetric.ECDomainParametersIndex;
import org.bouncycastle.crypto.fips.FipsEC;
import org.bouncycastle.crypto.fips.FipsKDF;
import org.bouncycastle.crypto.fips.FipsKDF.AgreementKDFPRF;

/**
 * One-pass Diffie-Hellman over P-256 with the module's own key derivation (SP 800-56A revision 3,
 * 6.2.2.2, C(1e, 1s, ECC CDH); SP 800-56C revision 2, one-step with SHA-256).
 */
final class OneTimeAgreement {
    private static final int LENGTH = 32;

    private OneTimeAgreement() {}

    static AgreedKey with(byte[] publicKey, byte[] info, SecureRandom random) {
        ECDomainParameters curve =
                ECDomainParametersIndex.lookupDomainParameters(FipsEC.DomainParameterID.P256);
        AsymmetricECPublicKey theirs;
        try {
            theirs = new AsymmetricECPublicKey(FipsEC.ALGORITHM, curve, publicKey);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("that is no public key of P-256", e);
        }
        AsymmetricKeyPair<AsymmetricECPublicKey, AsymmetricECPrivateKey> ours =
                new FipsEC.KeyPairGenerator(new FipsEC.KeyGenParameters(FipsEC.CDH, curve), random)
                        .generateKeyPair();
        byte[] key =
                new FipsEC.DHAgreementFactory()
                        .createAgreement(
                                ours.getPrivateKey(),
                                FipsEC.CDH.withKDF(
                                        FipsKDF.CONCATENATION.withPRF(AgreementKDFPRF.SHA256),
                                        info,
                                        LENGTH))
                        .calculate(theirs);
        return new AgreedKey(ours.getPublicKey().getW().getEncoded(false), key);
    }
}
